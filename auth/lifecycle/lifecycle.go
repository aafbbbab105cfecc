// Package lifecycle decides what becomes of a session: which token set is the
// current one, when it is refreshed, when it has ended, and in which order it
// is stored, announced, revoked and deleted.
//
// It is one pure function. [Step] takes a [State] and an [Input], something
// that happened, and returns the next State with the [Effect]s to perform, in
// their order. It reads no clock, file or network and starts nothing, so every
// rule is a row of the table in its test. Package auth holds the one State,
// changes it through Step alone and performs the effects.
package lifecycle

// Step is the whole lifecycle: what follows from in while the state is s.
func Step(s State, in Input) (State, []Effect) { return in.apply(s) }
