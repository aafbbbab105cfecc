// Package auth signs people in and out and keeps the session alive. It knows
// nothing of screens, pages or figures: a program makes a [Service] with [New],
// asks it for a [session.Session], and lets [session.Rule.Check] decide what
// that session opens.
//
// # From a redirect code to an unlocked tab
//
//  1. [Service.Begin] tries the store, opens the port of the redirect URI and
//     makes the address for the browser; its [Attempt] is waited for.
//  2. The browser comes back to the listener, which checks the state.
//     [Attempt.Wait] gets the authorization code, and exchange trades it for
//     tokens at the user pool, once only.
//  3. Service.finish verifies them (verifyNew: issuer, signature, claims), and
//     asks whether somebody else is meant than last time ([session.Changed]).
//  4. Service.startSession pins the issuer, stores the tokens, makes them
//     current and announces them to other processes, in this order.
//  5. Wait shows the browser that all went well and returns the
//     session.Session. The screen calls session.Rule.Check, and the tab opens.
//
// A sign-in by device code ([Service.BeginDevice]) differs in step 2 alone.
//
// # The life of a session
//
// What becomes of a session afterwards is decided by one pure function,
// [lifecycle.Step], of which auth/lifecycle/testdata/decisions.txt is the whole
// table. The state it works on is in one place, the type state; a method here
// finds out what happened, steps, and performs the effects:
//
//   - [Service.Restore] reads the store at the start, without the network.
//   - [Service.Events] refreshes in time, and tells of what other processes do.
//   - [Service.Refresh] and [Service.Token] refresh when somebody asks. Within a
//     process one refresh runs at a time; between processes a file lock decides.
//   - [Service.SignOut] ends it here, in all processes and at the user pool.
//
// The state is not the property of one goroutine, which would have to wait for
// disks and networks while somebody asks who is signed in: a step takes no time,
// and whoever causes it also performs its effects and returns how they went.
//
// # What is where
//
//   - auth.go, state.go, effects.go: the service, its state, what a step asks for
//   - attempt.go, device.go, finish.go, startsession.go: a sign-in
//   - restore.go, refresh.go, token.go, events.go: a session that goes on
//   - signout.go, endall.go, lastpage.go: its end
//   - issuers.go, domain.go, verify.go, person.go, storage.go: whose tokens are
//     trusted, and what the state directory and the store have
//
// Packages below: cognito speaks to the user pool, loopback receives the
// redirect, token verifies, store stores, session is what everybody else sees.
package auth
