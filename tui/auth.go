package tui

import (
	"context"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/signin"
)

// Auth is what the root needs of sign-in. Every method may block and is
// called in a command, never in Update. One that is a signin.DeviceAuth too
// can sign somebody in by a device code.
type Auth interface {
	// Restore gives the stored session, without the network; the zero
	// Session and no error when nobody is signed in.
	Restore(context.Context) (session.Session, error)
	signin.Auth
	// Refresh asks for new tokens now. With an error, the session is what is
	// left: the same after network trouble, the zero one after a refusal.
	Refresh(context.Context) (session.Session, error)
	// SignOut ends the session and says how each step went.
	SignOut(context.Context) []session.Step
	// Events tells of changes that nobody on this screen asked for, until
	// ctx ends.
	Events(context.Context) <-chan session.Event
}
