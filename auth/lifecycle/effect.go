package lifecycle

import (
	"time"

	"github.com/authtabs/tabgate/auth/store"
)

// Effect is something to do. Effects are performed in their order; what became
// of a Save, Load or Refresh comes back as an Input.
type Effect interface{ effect() }

type (
	Save      struct{ Session Session }   // store the set; then Stored
	Announce  struct{ Generation uint64 } // tell other processes of a stored set
	MarkEnded struct{ Generation uint64 } // tell them that sets up to this one are nobody's
	Delete    struct{}                    // what is stored
	Revoke    struct{ Saved store.Saved } // the set's refresh token, at the user pool
	Clean     struct{}                    // delete what is stored once it is sure that it cannot be used
	Load      struct{}                    // read and verify what another process stored; then Found
	Refresh   struct{}                    // refresh the session; then RefreshEnded
	WakeAt    struct{ At time.Time }      // Tick again then; never, where At is zero
	Tell      struct {
		Text string
		Err  error
	} // the screen of a change that nobody there asked for

	// SignedOutElsewhere says that another process ended the session: an event
	// where nobody asked, else the error of whoever did.
	SignedOutElsewhere struct{}
	// NotPersisted says that a session that was stored before now lives in
	// memory alone.
	NotPersisted struct{ Err error }
)

func (Save) effect()               {}
func (Announce) effect()           {}
func (MarkEnded) effect()          {}
func (Delete) effect()             {}
func (Revoke) effect()             {}
func (Clean) effect()              {}
func (Load) effect()               {}
func (Refresh) effect()            {}
func (WakeAt) effect()             {}
func (Tell) effect()               {}
func (SignedOutElsewhere) effect() {}
func (NotPersisted) effect()       {}
