//go:build !linux

package auth

import "time"

// wallAlarm rings when the wall clock reaches at; see tickingAlarm.
func wallAlarm(at time.Time) (rings <-chan struct{}, stop func()) { return tickingAlarm(at) }
