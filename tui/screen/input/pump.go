package input

import (
	"io"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// chunk is what one read brought.
type chunk struct {
	b  []byte
	at time.Time
}

// Pump decodes all that is read from in and hands the messages to send, one
// after the other, until a read fails. It returns that failure, and leaves
// nothing running.
func Pump(in io.Reader, send func(tea.Msg)) error {
	chunks := make(chan chunk)
	var failure error
	go func() {
		defer close(chunks)
		for buf := make([]byte, 4096); ; {
			n, err := in.Read(buf)
			if n > 0 {
				chunks <- chunk{append([]byte(nil), buf[:n]...), time.Now()}
			}
			if err != nil {
				failure = err
				return
			}
		}
	}()
	var d Decoder
	timer := time.NewTimer(time.Hour)
	timer.Stop() // until something waits
	for {
		c, expired, over := next(chunks, timer.C)
		switch {
		case over:
			return failure
		case expired:
			all(send, d.Expire(time.Now()))
		default:
			all(send, d.Decode(c.b, c.at))
		}
		if due := d.Due(); due.IsZero() {
			timer.Stop()
		} else {
			timer.Reset(time.Until(due))
		}
	}
}

// next waits for what was read or for the timer. Of both, what was read comes
// first: it was in time.
func next(chunks <-chan chunk, timer <-chan time.Time) (c chunk, expired, over bool) {
	select {
	case c, ok := <-chunks:
		return c, false, !ok
	case <-timer:
	}
	select {
	case c, ok := <-chunks:
		return c, false, !ok
	default:
		return chunk{}, true, false
	}
}

func all(send func(tea.Msg), msgs []tea.Msg) {
	for _, msg := range msgs {
		send(msg)
	}
}
