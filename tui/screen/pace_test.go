//go:build !windows

package screen

import (
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// count waits until what was written has text so many times.
func (s *session) count(text string, n int) {
	s.t.Helper()
	s.wait(text, func(raw, _ string) bool { return strings.Count(raw, text) >= n })
}

func (s *session) counted(text string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Count(s.raw.String(), text)
}

// A terminal that is read slowly answers late: what would be written meanwhile
// would stand before what the next key changes.
func TestOneFrameIsOnItsWayWhereTheTerminalAnswers(t *testing.T) {
	s := open(t, nil, "ANIM=60")
	s.mute.Store(true)
	s.count(syncOn, trials+3) // one that has never answered is not waited for
	if n := s.counted(statusRequest); n != trials {
		t.Errorf("a terminal that answers nothing is asked %d times", n)
	}
	s.send(strings.Repeat("\x1b"+statusAnswer, trials))
	s.count(statusRequest, trials+1)
	frames := s.counted(syncOn)
	s.send("3")
	for i := range 5 {
		if n := s.counted(syncOn); n > frames+i {
			t.Fatalf("%d frames are on their way", n-frames-i+1)
		}
		s.send("\x1b" + statusAnswer)
		s.count(statusRequest, trials+2+i)
	}
	s.see("tab:3")
	s.send("q")
	s.end()
	s.clean()
}

func TestAnAnswerThatDoesNotComeIsNotWaitedForForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out strings.Builder
		asked := make(chan struct{}, 10)
		p := newPainter(&out, NewGuard(), func() { asked <- struct{}{} }, func(error) {})
		p.w, p.h, p.pace.can = 20, 1, true
		frame := func(text string) {
			t.Helper()
			if !p.claim() {
				<-asked
				if !p.claim() {
					t.Fatal("a painter that asks cannot be claimed")
				}
			}
			p.draw(text)
			synctest.Wait()
		}
		frame("first")
		p.answered()
		begin := time.Now()
		for i, want := range []time.Duration{frameTime, frameTime + answerMost, frameTime + 2*answerMost, 2*frameTime + 2*answerMost} {
			frame(strings.Repeat("x", i+1))
			if took := time.Since(begin); took != want {
				t.Errorf("frame %d comes after %v, want %v", i, took, want)
			}
		}
		if n := strings.Count(out.String(), statusRequest); n != 3 {
			t.Errorf("a terminal that does not answer any more was asked %d times", n)
		}
		p.answered()
		frame("it answers again")
		if !strings.HasSuffix(out.String(), statusRequest) {
			t.Error("a terminal that answers again is not asked")
		}
		p.answered()
		p.close()
	})
}

func TestAFrameIsWaitedForWhileItMoves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out, in := io.Pipe()
		p := newPainter(in, NewGuard(), func() {}, func(error) {})
		p.w, p.h = 60_000, 1
		p.claim()
		p.draw(strings.Repeat("x", 60_000))
		slow := make(chan int)
		go func() { // a piece a while
			n := 0
			for b := make([]byte, piece); ; n++ {
				time.Sleep(leaveTime / 2)
				if _, err := io.ReadFull(out, b); err != nil {
					slow <- n
					return
				}
			}
		}()
		begin := time.Now()
		if p.settle(leaveTime, leaveMost) || time.Since(begin) != leaveMost {
			t.Errorf("it was waited for %v", time.Since(begin))
		}
		begin = time.Now()
		p.giveUp()
		if !p.idle(leaveTime, false) || time.Since(begin) > leaveTime {
			t.Error("a frame that is given up is written on")
		}
		_ = in.Close()
		if n := <-slow; n >= 60_000/piece {
			t.Errorf("%d pieces were written", n)
		}
		p.close()
	})
}

func TestAQuickTerminalIsAskedNowAndThen(t *testing.T) {
	now := time.Unix(0, 0)
	p := pace{can: true}
	frame := func(size int, took time.Duration) (asked bool) {
		asked = p.ask(now, size)
		now = now.Add(took)
		if asked {
			p.answer(now)
		}
		return asked
	}
	for i, tt := range []struct {
		size  int
		took  time.Duration
		asked bool
	}{
		{10_000, 5 * time.Second, true}, // slow
		{40, time.Millisecond, true},    // too small to tell
		{10_000, 10 * time.Millisecond, true},
		{9_000, 10 * time.Millisecond, false}, // it was quick
		{9_000, 10 * time.Millisecond, true},  // so many bytes later
		{40, askTime, false},
		{40, 0, true}, // so much later
		{20_000, 5 * time.Second, true},
		{40, 0, true}, // it has become slow
	} {
		if got := frame(tt.size, tt.took); got != tt.asked {
			t.Errorf("frame %d: asked %v", i, got)
		}
	}
}
