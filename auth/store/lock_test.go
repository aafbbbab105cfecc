package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

const holdDir = "TABGATE_TEST_HOLD_LOCK"

// TestMain lets this test binary be the other process: with holdDir set it
// takes the lock there, says so and waits to be killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv(holdDir); dir != "" {
		if _, err := Lock(context.Background(), dir, ana); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println("locked")
		select {} // until killed
	}
	// The library never closes its one connection to the session bus.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/godbus/dbus/v5.(*Conn).inWorker"),
		goleak.IgnoreAnyFunction("github.com/godbus/dbus/v5.newConn.func1"))
}

// otherProcess holds the lock in dir until stop is called.
func otherProcess(t *testing.T, dir string) (stop func()) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), holdDir+"="+dir)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if line != "locked\n" {
		t.Fatalf("the other process says %q, %v", line, err)
	}
	return func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }
}

func TestR2AHolderThatIsKilledLeavesNoLock(t *testing.T) {
	dir := t.TempDir()
	must(t, os.Chmod(dir, 0o700))
	stop := otherProcess(t, dir)
	if _, err := lockWithin(t.Context(), dir, ana, time.Millisecond); !isBusy(err) {
		t.Fatalf("while it is held: %v", err)
	}
	stop()
	unlock, err := Lock(t.Context(), dir, ana)
	if err != nil {
		t.Fatalf("after the kill: %v", err)
	}
	unlock()
}

func isBusy(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Reason == Busy
}

func TestR4TheWaitForTheLockEndsAfterTenSecondsOrWhenCancelled(t *testing.T) {
	tests := map[string]struct {
		giveUp time.Duration
		want   time.Duration
		busy   bool
	}{
		"nobody gives up":     {time.Hour, 10 * time.Second, true},
		"the caller gives up": {time.Second, time.Second, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			must(t, os.Chmod(dir, 0o700))
			synctest.Test(t, func(t *testing.T) {
				unlock, err := Lock(t.Context(), dir, ana)
				must(t, err)
				defer unlock()
				ctx, cancel := context.WithTimeout(t.Context(), test.giveUp)
				defer cancel()
				start := time.Now()
				_, err = Lock(ctx, dir, ana)
				if err == nil || isBusy(err) != test.busy {
					t.Errorf("got %v", err)
				}
				if took := time.Since(start); took != test.want {
					t.Errorf("it took %v, want %v", took, test.want)
				}
			})
		})
	}
}

func TestR4TheLockIsPerAccountAndInTheUsersOwnDirectory(t *testing.T) {
	dir := t.TempDir()
	must(t, os.Chmod(dir, 0o700))
	unlock, err := Lock(t.Context(), dir, ana)
	must(t, err)
	defer unlock()
	other, err := Lock(t.Context(), dir, Account{ClientID: "2"})
	if err != nil {
		t.Fatalf("another account: %v", err)
	}
	other()
	must(t, os.Chmod(dir, 0o777))
	if _, err := Lock(t.Context(), dir, ana); err == nil {
		t.Error("a lock in a directory for everybody was taken")
	}
}

func TestTheLockIsFreeAfterUnlock(t *testing.T) {
	dir := t.TempDir()
	must(t, os.Chmod(dir, 0o700))
	for range 3 {
		unlock, err := Lock(t.Context(), dir, ana)
		must(t, err)
		unlock()
	}
}
