// Package tui is the root of the screen: tab bar, pages, footer, and the boxes
// above them. It asks the gate what is open to whom and routes messages; it
// does not know how anybody signs in, nor what a page shows.
//
// Where things live, from the top down; a file uses only files below it:
//
//	root.go               Init and Update with its three rules
//	restart.go            the same with other options
//	reload.go             other pages in the place of those that there are
//	names.go              everything that has a name, for the palette
//	messages.go           what the root handles itself: answers, the terminal, pages' requests
//	mouse.go, keys.go     who gets a click, who gets a key
//	draw.go               the frame: values for the bars, the page's cells, the box
//	signin.go             opens the sign-in box and takes its result
//	session_commands.go   logging out, refreshing, and what the answers change
//	viewas.go             pages as others see them
//	boxes.go              one box at a time; questions that wait
//	model.go              Root and what it is built from
//	palette.go            the box that finds what has a name
//	problems.go           what is wrong with the files of the pages
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
// The screen package reads the key and Root.Update gets it. handleOwn reports
// that it is not the root's, so key decides who gets it, by the table in its
// comment: say the page, whose Update changes its state. The painter then asks
// Root.Draw for a frame: bars.Tabs lays out the first line; tab.draw has the page
// draw into its own cells if it changed, and copies them into the grid;
// bars.Footer lays out the last line, from the page's keys that act and that it
// does not show itself (page.KeyShower); box.Panel draws above the page; and
// cell.Target.Reduce replaces what the terminal cannot show. The painter
// compares the grid with the one before and writes the cells that differ.
//
// # A session to an unlocked tab
//
// From the redirect code to a session is the first walk in package auth. Its
// end is the answer to a command of signin.Box: signin.Box.Update reports Done,
// closeBox takes the session out of the box, and setSession makes it the
// account's. Pages that are no longer open are dropped there, all others are
// told, and tabs.enter asks tabs.verdict, which asks session.Rule.Check: only if
// the answer is session.Open does it build the page.
//
// The third walk, from a byte of a csv file to a cell of a table, is in package
// data.
package tui
