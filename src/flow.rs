//! Which questions and pages are visible, and which page comes next.

/// The visibility of every question and page, kept up to date at the cost of what changes.
///
/// A question is visible where its own condition and those of all around it hold. A panel or
/// page is visible where, besides, something visible stands in it.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    nodes: Vec<Node>,
    pages: Vec<Page>,
    /// The pages in the order in which they come.
    order: Vec<usize>,
}

#[derive(Clone, Debug)]
struct Node {
    place: Place,
    /// Whether its own condition holds.
    own: bool,
    /// Whether the row that it stands in is shown.
    open: bool,
    visible: bool,
    /// Whether it is a panel: visible only with something visible inside.
    panel: bool,
    /// Whether there is anything to see of it; what only holds a value makes no page.
    shows: bool,
    /// For panels: how many visible questions stand in it, panels not counted.
    inside: usize,
    children: Vec<usize>,
}

#[derive(Clone, Debug)]
struct Page {
    own: bool,
    visible: bool,
    inside: usize,
    children: Vec<usize>,
}

/// What a question stands in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    Page(usize),
    /// A panel, or a question that is answered in rows.
    Question(usize),
}

/// What there is to see of a question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form {
    Question,
    Panel,
    /// It holds a value and is never seen.
    Unseen,
}

/// What became visible or hidden.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Changed {
    Question(usize),
    Page(usize),
}

impl Flow {
    /// Adds a page, at the end.
    pub fn add_page(&mut self) {
        self.order.push(self.pages.len());
        self.pages.push(Page { own: true, visible: false, inside: 0, children: Vec::new() });
    }

    /// Puts question number `index` in its place; what it stands in must be there already.
    /// Nothing is visible until [`settle`](Flow::settle).
    pub fn add(&mut self, index: usize, place: Place, form: Form, own: bool) {
        let (panel, shows) = (form == Form::Panel, form != Form::Unseen);
        let (open, visible, children) = (true, false, Vec::new());
        let node = Node { place, own, open, visible, panel, shows, inside: 0, children };
        if index < self.nodes.len() {
            self.nodes[index] = node;
        } else {
            self.nodes.push(node);
        }
        match place {
            Place::Page(page) => self.pages[page].children.push(index),
            Place::Question(around) => self.nodes[around].children.push(index),
        }
    }

    /// Takes a question out again, with all that stands in it.
    pub fn remove(&mut self, index: usize, changed: &mut dyn FnMut(Changed)) {
        self.set_question(index, false, changed);
        if let Place::Question(around) = self.nodes[index].place {
            self.nodes[around].children.retain(|child| *child != index);
        }
    }

    /// Works out the visibility of a question, and of what stands in it, from scratch.
    pub fn settle(&mut self, index: usize, changed: &mut dyn FnMut(Changed)) {
        self.refresh(index, changed);
    }

    pub fn is_visible(&self, question: usize) -> bool {
        self.nodes.get(question).is_some_and(|node| node.visible)
    }

    /// Whether there is anything to see of a question where it is visible.
    pub fn shows(&self, question: usize) -> bool {
        self.nodes.get(question).is_some_and(|node| node.shows)
    }

    pub fn is_page_visible(&self, page: usize) -> bool {
        self.pages.get(page).is_some_and(|page| page.visible)
    }

    /// Whether a question's own condition holds and its row is shown, whatever stands around it.
    pub fn holds(&self, question: usize) -> bool {
        self.nodes.get(question).is_some_and(|node| node.own && node.open)
    }

    /// Whether a question's own condition holds, and whether its row is shown.
    pub fn conditions(&self, question: usize) -> (bool, bool) {
        self.nodes.get(question).map_or((false, false), |node| (node.own, node.open))
    }

    /// Whether a page's own condition holds.
    pub fn page_condition(&self, page: usize) -> bool {
        self.pages.get(page).is_some_and(|page| page.own)
    }

    /// The page that a question stands on.
    pub fn page_of(&self, question: usize) -> usize {
        match self.nodes[question].place {
            Place::Page(page) => page,
            Place::Question(around) => self.page_of(around),
        }
    }

    /// The questions that stand directly in another, in order.
    pub fn children(&self, question: usize) -> &[usize] {
        self.nodes.get(question).map_or(&[], |node| &node.children)
    }

    /// The questions that stand directly on a page, in order.
    pub fn on_page(&self, page: usize) -> &[usize] {
        self.pages.get(page).map_or(&[], |page| &page.children)
    }

    /// What a question stands in.
    pub fn place(&self, question: usize) -> Place {
        self.nodes[question].place
    }

    /// The visible pages, in order.
    pub fn visible_pages(&self) -> impl DoubleEndedIterator<Item = usize> {
        let order = self.order.iter().copied();
        order.filter(|page| self.pages[*page].visible)
    }

    /// The page after this one.
    pub fn next_page(&self, page: usize) -> Option<usize> {
        let place = self.order.iter().position(|candidate| *candidate == page)?;
        let mut after = self.order.iter().skip(place + 1).copied();
        after.find(|page| self.pages[*page].visible)
    }

    /// The page before this one.
    pub fn previous_page(&self, page: usize) -> Option<usize> {
        let place = self.order.iter().position(|candidate| *candidate == page)?;
        let mut before = self.order.iter().take(place).copied();
        before.rfind(|page| self.pages[*page].visible)
    }

    /// Brings the pages into another order.
    pub fn arrange_pages(&mut self, order: Vec<usize>) {
        self.order = order;
    }

    /// Brings what stands directly in a place into another order.
    pub fn arrange(&mut self, place: Place, order: Vec<usize>) {
        match place {
            Place::Page(page) => self.pages[page].children = order,
            Place::Question(around) => self.nodes[around].children = order,
        }
    }

    /// Takes in whether a question's own condition holds; `changed` hears of every question
    /// and page whose visibility changes by it.
    pub fn set_question(&mut self, question: usize, own: bool, changed: &mut dyn FnMut(Changed)) {
        if self.nodes[question].own != own {
            self.nodes[question].own = own;
            self.refresh(question, changed);
        }
    }

    /// Takes in whether the row that a question stands in is shown.
    pub fn set_open(&mut self, question: usize, open: bool, changed: &mut dyn FnMut(Changed)) {
        if self.nodes[question].open != open {
            self.nodes[question].open = open;
            self.refresh(question, changed);
        }
    }

    /// Takes in whether a page's own condition holds.
    pub fn set_page(&mut self, page: usize, own: bool, changed: &mut dyn FnMut(Changed)) {
        if self.pages[page].own != own {
            self.pages[page].own = own;
            for child in self.pages[page].children.clone() {
                self.refresh(child, changed);
            }
            // Its questions may all have been hidden anyway.
            self.settle_page(page, changed);
        }
    }

    fn refresh(&mut self, index: usize, changed: &mut dyn FnMut(Changed)) {
        let node = &self.nodes[index];
        if !node.panel {
            let visible = node.own && node.open && self.surroundings_hold(index);
            if node.visible != visible {
                self.nodes[index].visible = visible;
                changed(Changed::Question(index));
                if self.nodes[index].shows {
                    self.count(index, visible, changed);
                }
            }
        }
        for child in self.nodes[index].children.clone() {
            self.refresh(child, changed);
        }
        if self.nodes[index].panel {
            self.settle_panel(index, changed);
        }
    }

    fn surroundings_hold(&self, index: usize) -> bool {
        let mut place = self.nodes[index].place;
        loop {
            match place {
                Place::Page(page) => return self.pages[page].own,
                Place::Question(around) if !self.holds(around) => return false,
                Place::Question(around) => place = self.nodes[around].place,
            }
        }
    }

    /// Counts one question more or less in all panels around it and its page. A question that
    /// is answered in rows counts for itself, whatever its rows show.
    fn count(&mut self, index: usize, more: bool, changed: &mut dyn FnMut(Changed)) {
        let step = |inside: usize| if more { inside + 1 } else { inside.saturating_sub(1) };
        let mut place = self.nodes[index].place;
        loop {
            match place {
                Place::Page(page) => {
                    self.pages[page].inside = step(self.pages[page].inside);
                    return self.settle_page(page, changed);
                }
                Place::Question(around) if !self.nodes[around].panel => return,
                Place::Question(around) => {
                    self.nodes[around].inside = step(self.nodes[around].inside);
                    self.settle_panel(around, changed);
                    place = self.nodes[around].place;
                }
            }
        }
    }

    fn settle_panel(&mut self, panel: usize, changed: &mut dyn FnMut(Changed)) {
        let node = &self.nodes[panel];
        let shown = node.own && node.open && node.inside > 0;
        let visible = shown && self.surroundings_hold(panel);
        if node.visible != visible {
            self.nodes[panel].visible = visible;
            changed(Changed::Question(panel));
        }
    }

    fn settle_page(&mut self, page: usize, changed: &mut dyn FnMut(Changed)) {
        let state = &mut self.pages[page];
        let visible = state.own && state.inside > 0;
        if state.visible != visible {
            state.visible = visible;
            changed(Changed::Page(page));
        }
    }
}
