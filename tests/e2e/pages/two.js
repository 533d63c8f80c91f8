// Sets properties before the element's class is there, as pages do. One definition is an object,
// the other is text.
import definition from "./left.json" with { type: "json" };

const [left, right] = ["left", "right"].map((id) => document.getElementById(id));
left.definition = definition;
left.context = { seat: "left" };
right.definition = JSON.stringify(definition).replaceAll("Left", "Right").replaceAll("左", "右");
right.context = { seat: "right" };
