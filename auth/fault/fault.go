// Package fault lets a program end in order when one of its goroutines
// panics: left to itself the runtime prints the panic over the screen and ends
// the process, with the terminal as it is just then. It does not know what an
// end in order is.
package fault

import "sync/atomic"

var handler atomic.Pointer[func(value any)]

// Handle lets f see the value of every panic that Recover catches from now on,
// until undo, which puts back what was there before. f is called in the
// goroutine that panicked, with its stack as it was, and may end the process;
// otherwise the goroutine ends.
func Handle(f func(value any)) (undo func()) {
	before := handler.Swap(&f)
	return func() { handler.Store(before) }
}

// Recover is deferred: `defer fault.Recover()`. Where nobody handles panics,
// the panic goes on.
func Recover() {
	value := recover()
	if value == nil {
		return
	}
	f := handler.Load()
	if f == nil {
		panic(value)
	}
	(*f)(value)
}

// Go runs f in a goroutine with Recover.
func Go(f func()) {
	go func() {
		defer Recover()
		f()
	}()
}

// Guarded is f with Recover, for a function that others call in a goroutine of
// theirs.
func Guarded[T any](f func() (T, error)) func() (T, error) {
	return func() (value T, err error) {
		defer Recover()
		return f()
	}
}
