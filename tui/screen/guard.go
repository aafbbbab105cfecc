package screen

import (
	"fmt"
	"reflect"
	"runtime/debug"
	"sync"

	tea "github.com/charmbracelet/bubbletea"
)

// PanicError is a panic that ended the program. Error is one line without
// the stack, which is for a report file.
type PanicError struct {
	Value any
	Stack []byte
}

// Error is one line without the stack.
func (e *PanicError) Error() string { return fmt.Sprintf("a fault in the program: %v", e.Value) }

// A Guard turns a panic in a goroutine of ours into a clean ending. Bubble
// Tea catches panics in its own goroutines only; a panic in any other leaves
// the terminal raw. The zero value is not useful: see NewGuard.
type Guard struct {
	once  sync.Once
	fault *PanicError
	hit   chan struct{} // closed at the first panic
}

// NewGuard makes a guard for Options, to be used by goroutines that start
// before the screen.
func NewGuard() *Guard { return &Guard{hit: make(chan struct{})} }

// Recover is deferred in a goroutine: `defer g.Recover()`. The first panic
// is kept and ends Run; the later ones are dropped.
func (g *Guard) Recover() {
	if r := recover(); r != nil {
		g.caught(r)
	}
}

// Go runs f in a goroutine that is guarded.
func (g *Guard) Go(f func()) {
	go func() {
		defer g.Recover()
		f()
	}()
}

func (g *Guard) caught(r any) {
	g.once.Do(func() {
		g.fault = &PanicError{Value: r, Stack: debug.Stack()}
		close(g.hit)
	})
}

// err gives the panic, if there was one.
func (g *Guard) err() error {
	select {
	case <-g.hit:
		return g.fault
	default:
		return nil
	}
}

// command guards a command and all that it leads to.
func (g *Guard) command(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer g.Recover()
		return g.nested(cmd())
	}
}

var cmdType = reflect.TypeFor[tea.Cmd]()

// nested guards the commands inside a batch or a sequence. Bubble Tea's
// message for a sequence is not exported; it is a slice of commands.
func (g *Guard) nested(msg tea.Msg) tea.Msg {
	if batch, ok := msg.(tea.BatchMsg); ok {
		for i, cmd := range batch {
			batch[i] = g.command(cmd)
		}
		return batch
	}
	if v := reflect.ValueOf(msg); v.Kind() == reflect.Slice && v.Type().Elem() == cmdType {
		for i := range v.Len() {
			if cmd := v.Index(i); !cmd.IsNil() {
				cmd.Set(reflect.ValueOf(g.command(cmd.Interface().(tea.Cmd))))
			}
		}
	}
	return msg
}
