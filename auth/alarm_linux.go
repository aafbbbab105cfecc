package auth

import (
	"os"
	"time"

	"golang.org/x/sys/unix"

	"github.com/authtabs/tabgate/auth/fault"
)

// wallAlarm rings when the wall clock reaches at, and also as soon as the
// clock is set or the machine wakes from sleep, so that the caller computes
// again. Go's own timers stand still while a laptop sleeps; this one is the
// kernel's and wakes nobody before its time.
func wallAlarm(at time.Time) (rings <-chan struct{}, stop func()) {
	fd, err := unix.TimerfdCreate(unix.CLOCK_REALTIME, unix.TFD_CLOEXEC|unix.TFD_NONBLOCK)
	if err != nil {
		return tickingAlarm(at)
	}
	spec := unix.ItimerSpec{Value: unix.NsecToTimespec(max(at.UnixNano(), 1))} // 0 would mean never
	if err := unix.TimerfdSettime(fd, unix.TFD_TIMER_ABSTIME|unix.TFD_TIMER_CANCEL_ON_SET, &spec, nil); err != nil {
		unix.Close(fd)
		return tickingAlarm(at)
	}
	timer := os.NewFile(uintptr(fd), "timerfd")
	ring := make(chan struct{})
	fault.Go(func() {
		var expirations [8]byte
		_, _ = timer.Read(expirations[:]) // ends with the time, with ECANCELED, or with stop
		close(ring)
	})
	return ring, func() { timer.Close() }
}
