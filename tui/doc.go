// Package tui is the root of the screen: tab bar, pages, footer, and the boxes
// above them. It asks the gate what is open to whom and routes messages; it
// does not know how anybody signs in, nor what a page shows.
//
// Where things live, from the top down; a file uses only files below it:
//
//	root.go               Init and Update with its three rules
//	restart.go            the same with other options
//	messages.go           what the root handles itself: answers, the terminal, pages' requests
//	mouse.go, keys.go     who gets a click, who gets a key
//	draw.go               the frame: values for the bars, the page's cells, the box
//	signin.go             opens the sign-in box and takes its result
//	session_commands.go   logging out, refreshing, and what the answers change
//	boxes.go              one box at a time; questions that wait
//	model.go              Root and what it is built from
//	keymap.go             the global keys
//	locked.go             what a locked tab shows
//	tabs.go               opens, drops and tells pages; the only question to the gate
//	account.go            who is signed in and what was asked about it
//	window.go             the size, and the line for windows that are too small
//	pages.go              binds the code of each page to its line in data/demo
//
// Packages below, which know no Root: tui/bars (tab bar, footer, notice),
// tui/box (panels, help, questions, steps), tui/signin (the sign-in box),
// tui/page (the contract with pages), tui/cell, tui/theme. Parts take values
// and return what a click means; Root does it.
//
// # A key to a painted cell
//
// The screen package reads the key and [Root.Update] gets it. handleOwn does
// not want it, so key decides who does, by the table in its comment: say the
// page, whose Update changes its state. The painter then asks [Root.Draw] for
// a frame: bars.Tabs and bars.Footer lay out the first and the last line,
// tab.draw has the page draw into its own cells if it changed and copies them
// into the grid, box.Panel draws above them, and cell.Target.Reduce replaces
// what the terminal cannot show. The painter compares the grid with the one
// before and writes the cells that differ.
package tui
