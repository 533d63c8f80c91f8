//! Memory that is given back is emptied first: on a device that people share, nothing of what one
//! of them wrote lies about for the next, not even where only a debugger would find it.

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;

struct Wiping;

// SAFETY: everything is handed on to the system's allocator, to which the same promises are made. A
// block is written to before it is given back, while it is still the caller's to write to. Growing
// goes by way of the provided `realloc`, which gives the old block back through here.
unsafe impl GlobalAlloc for Wiping {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        unsafe {
            // Nobody reads it any more, which the optimizer must not take for a reason to leave it.
            black_box(block).write_bytes(0, layout.size());
            System.dealloc(black_box(block), layout);
        }
    }
}

#[global_allocator]
static ALLOCATOR: Wiping = Wiping;
