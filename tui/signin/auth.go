package signin

import (
	"context"
	"time"

	"github.com/authtabs/tabgate/auth/session"
)

// Auth is what the box needs of sign-in. Begin may block and is called in a
// command.
type Auth interface {
	// Begin prepares a sign-in: the listener is open, the browser is not.
	Begin(context.Context) (Attempt, error)
}

// SignIn is the end of a sign-in, by whichever way it came.
type SignIn interface {
	// Wait gives the session. A *session.Changed as its error waits for
	// Accept or Refuse; the end of the sign-in's context is a Refuse.
	Wait(context.Context) (session.Session, error)
	Accept(context.Context) (session.Session, error)
	Refuse() session.Step // says how revoking it went
}

// Attempt is one sign-in that is under way.
type Attempt interface {
	URL() string         // the address to open in a browser
	RedirectURI() string // where the browser will come back to
	Deadline() time.Time
	Remote() string   // what to do over SSH, in WSL, in a container; "" locally
	HasBrowser() bool // whether there is one that OpenBrowser would start
	OpenBrowser() error
	SignIn
	Paste(string) error // the redirected address; nil = accepted, Wait goes on
	Hints() <-chan string
	Cancel() // frees the port
}

// DeviceAuth is an Auth that can also sign somebody in by a code that they
// enter on another device.
type DeviceAuth interface {
	HasDevice() bool // whether that is set up; answers at once
	// BeginDevice asks for a code.
	BeginDevice(context.Context) (Device, error)
}

// Device is a sign-in by code that is under way. It ends with Wait.
type Device interface {
	Code() string
	Address() string  // where to enter the code
	Complete() string // the same with the code in it; "" when there is none
	Deadline() time.Time
	Note() string // what to know before, one sentence or ""
	SignIn
}

// PeopleAuth is an Auth of a user pool that this program runs itself, with
// people who are there to be tried. The box offers them, and the browser as
// well.
type PeopleAuth interface {
	// People lists them; it answers at once.
	People() []Person
	// Play signs one of them in at the address of an attempt, as somebody
	// with a browser would. It returns once that is done.
	Play(ctx context.Context, name, url string) error
}

// Person is somebody who can be played.
type Person struct {
	Name   string // the email
	Groups []string
}
