package screen

import (
	"context"
	"io"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// A stage is the model that Bubble Tea sees. It passes messages to the inner
// model, guards it, and makes a frame only when one can be shown: Bubble Tea
// asks for a view after every message, the inner model is asked less often.
type stage struct {
	ctx         context.Context
	inner       Model
	term        *terminal
	guard       *Guard
	paint       *painter
	prog        *tea.Program
	thin        throttle
	question    question
	fenced      chan struct{} // holds one element: the terminal has answered the fence
	cause       chan error    // why the program ends, if not of its own will
	io          IO
	prefix      string // written before the next frame
	query       bool   // ask the terminal after the next frame
	left        bool   // the loop does not come back and is left behind
	stopReading func()
	woken       bool // a wakeMsg is on its way that suspend has dealt with
	seen        tea.WindowSizeMsg
}

func newStage(ctx context.Context, model Model, term *terminal, with IO) *stage {
	s := &stage{ctx: ctx, inner: model, term: term, guard: with.Guard, io: with, fenced: make(chan struct{}, 1), stopReading: func() {}, cause: make(chan error, 1)}
	s.thin = throttle{now: time.Now, later: func(d time.Duration) {
		time.AfterFunc(d, func() { s.prog.Send(motionMsg{}) })
	}}
	s.paint = newPainter(term, with.Guard, func() { s.prog.Send(paintMsg{}) }, func(error) { s.end(ErrGone) })
	s.thin.ready = s.paint.ready
	s.paint.diff.erase = erases(with.Env)
	s.paint.pace.can = term.answers() && status(with.Env)
	s.paint.diff.pen.NoLinks, s.paint.diff.unjoined = !knowsOSC(with.Env), inGNUScreen(with.Env)
	s.query = term.answers() && asks(with.Env)
	s.question.background, s.question.version = !with.NoBackground, !with.NoVersion
	options := []tea.ProgramOption{
		tea.WithContext(ctx), tea.WithoutRenderer(), tea.WithOutput(io.Discard), tea.WithoutSignalHandler(), tea.WithFilter(s.filter),
	}
	if !with.NoMouse {
		options = append(options, tea.WithMouseCellMotion()) // the Windows console asks this
	}
	if decodes {
		options = append(options, tea.WithInput(nil))
	} else {
		options = append(options, tea.WithInput(term.in))
	}
	s.prog = tea.NewProgram(s, options...)
	return s
}

// run is Bubble Tea's loop between entering and the end. The loop has a
// goroutine of its own, so that one that hangs can be left behind.
func (s *stage) run() error {
	if err := s.enter(); err != nil {
		return err
	}
	var err error
	if s.stopReading, err = s.read(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	s.guard.Go(func() {
		_, err := s.prog.Run()
		ended <- err
	})
	return s.watch(ended)
}

// enter makes the terminal ours; the modes are written with the next frame,
// so that the first picture comes in one piece.
func (s *stage) enter() error {
	s.prefix = enterModes + s.mouse()
	return s.term.raw()
}

// mouse returns the modes of the mouse.
func (s *stage) mouse() (modes string) {
	if !s.io.NoMouse {
		modes = mouseModes
	}
	if s.thin.hover {
		modes += hoverOn
	}
	return modes
}

// end ends the program for a cause. The first cause counts.
func (s *stage) end(cause error) {
	select {
	case s.cause <- cause:
	default:
	}
	s.guard.Go(func() { s.prog.Send(tea.QuitMsg{}) })
}

// answered judges an answer from the terminal, and returns what the loop is to
// know of it.
func (s *stage) answered(text string) tea.Msg {
	switch {
	case text == statusAnswer:
		s.paint.answered()
	case isFence(text):
		s.question.answer(text)
		select {
		case s.fenced <- struct{}{}:
		default:
		}
	default:
		return s.question.answer(text)
	}
	return nil
}

// try calls the inner model and keeps a panic from Bubble Tea, which would
// print it over the picture. After a panic the model is not called again.
func (s *stage) try(f func()) {
	if s.guard.err() != nil {
		return
	}
	defer s.guard.Recover()
	f()
}

// Init starts the inner model and tells it the size at once, so that the
// first view is a real one. What the model wants done begins when that view
// is on the screen: until then both would be later.
func (s *stage) Init() tea.Cmd {
	var first, second tea.Cmd
	s.try(func() { first = s.inner.Init() })
	if size, ok := s.resize(); ok {
		_, second = s.Update(size)
	}
	both := tea.Batch(s.guard.command(first), second)
	if both == nil {
		return nil
	}
	return func() tea.Msg {
		<-s.paint.seen
		return both()
	}
}

// filter sees every message before Bubble Tea does.
func (s *stage) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		if msg.Type == tea.KeyCtrlZ && s.io.Stop != nil && !msg.Paste {
			return s.suspend()
		}
	case tea.SuspendMsg:
		if s.io.Stop == nil {
			return nil // Bubble Tea would stop the process
		}
		return s.suspend()
	case resizeMsg:
		if size, ok := s.resize(); ok {
			return size
		}
		return nil
	case wakeMsg:
		if s.woken { // suspend has seen to it
			s.woken = false
			return nil
		}
		return s.wake()
	}
	return s.thin.filter(msg)
}

// resize asks the terminal for its size and reports whether it is news. One
// that does not know its size, as some serial lines, counts as 80x24.
func (s *stage) resize() (tea.WindowSizeMsg, bool) {
	w, h, err := s.term.size()
	if w <= 0 || h <= 0 {
		w, h = 80, 24
	}
	size := tea.WindowSizeMsg{Width: w, Height: h}
	return size, err == nil && size != s.seen
}

// Update passes on what is not ours.
func (s *stage) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case paintMsg:
		return s, nil
	case RepaintMsg:
		s.paint.fresh = false
		s.prefix += repaintModes + s.mouse()
		return s, nil
	case CopyMsg:
		return s, s.copy(msg)
	case sendCopyMsg:
		return s, s.sendCopy(CopyMsg(msg))
	case tea.WindowSizeMsg:
		s.seen = msg
		s.paint.w, s.paint.h = max(0, msg.Width), max(0, msg.Height)
		s.paint.fresh = false
	}
	var cmd tea.Cmd
	s.try(func() { _, cmd = s.inner.Update(msg) })
	return s, s.guard.command(cmd)
}

// hover switches the mode for motion without a button when the model's wish
// changed, with the frame that shows why.
func (s *stage) hover() {
	h, ok := s.inner.(Hoverer)
	want := ok && !s.io.NoMouse && h.Hovering()
	if want == s.thin.hover {
		return
	}
	s.thin.hover = want
	if want {
		s.paint.pending = append(s.paint.pending, hoverOn...)
	} else {
		s.paint.pending = append(s.paint.pending, hoverOff...)
	}
}

// View shows a frame if one can be shown now; what Bubble Tea gets is
// nothing. The terminal is asked its questions after the first frame.
func (s *stage) View() string {
	if s.guard.err() != nil || s.seen.Width <= 0 || !s.paint.claim() {
		return ""
	}
	changed := false
	s.try(func() { changed = s.inner.Draw(s.paint.grid()) })
	s.hover()
	if s.query {
		s.query = false
		s.paint.pending = append(s.paint.pending, s.question.ask()...)
	}
	prefix := s.prefix
	s.prefix = ""
	s.paint.submit(changed, prefix)
	return ""
}
