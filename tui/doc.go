// Package tui is the root of the screen: tab bar, pages, footer, and the boxes
// above them. It asks the gate what is open to whom and routes messages; it
// does not know how anybody signs in, nor what a page shows.
//
// A guide to the house:
//
//	root.go       the model: Init, Update with its three rules
//	draw.go       from the model to cells: tab bar, page, footer, boxes
//	own.go        what the root owns of the messages
//	keys.go       global keys and who gets a key; mouse.go the same for clicks
//	tabs.go       opening, dropping and telling pages; the only question to the gate
//	account.go    who is signed in; questions.go what is asked about it
//	signin*.go    the sign-in box; question.go, steps.go, help.go the other boxes
//	tabbar.go, footer.go, locked.go, toast.go, small.go   what is drawn
//	panel.go, writer.go   where boxes stand, how they are drawn and clicked
//	pages.go      the registry: a new page is one line there
//
// From a key to a painted cell: the screen reads the key and calls Update; the
// key goes to a box, the root or the page (keys.go), which changes. The screen
// then calls [Root.Draw] with the cells of the window (tui/cell). A page that
// changed draws anew, the others' cells are copied. The painter (tui/screen)
// compares the window with what the terminal shows and writes what differs.
//
// Imports point down only: tui knows its pages, pages know tui/page, and
// nothing below knows what is above.
package tui
