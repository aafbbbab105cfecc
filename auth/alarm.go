package auth

import (
	"time"

	"github.com/authtabs/tabgate/auth/fault"
)

// look is how often tickingAlarm compares the wall clock.
const look = time.Minute

// tickingAlarm rings when the wall clock reaches at. Where the system offers
// no timer on the wall clock, it looks at it once a minute: a timer set for
// the whole time would stand still while a laptop sleeps.
func tickingAlarm(at time.Time) (rings <-chan struct{}, stop func()) {
	ring, quit := make(chan struct{}), make(chan struct{})
	fault.Go(func() {
		defer close(ring)
		for {
			left := time.Until(at.Round(0)) // Round drops the monotonic reading
			if left <= 0 {
				return
			}
			timer := time.NewTimer(min(left, look))
			select {
			case <-timer.C:
			case <-quit:
				timer.Stop()
				return
			}
		}
	})
	return ring, func() { close(quit) }
}
