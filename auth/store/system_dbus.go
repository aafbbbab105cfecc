//go:build !windows && !darwin

package store

import (
	"errors"
	"fmt"
	"os"
)

// reachable looks for the session bus where godbus does. With a display the
// library may still find one through X11, so then it is asked.
func reachable() error {
	address := os.Getenv("DBUS_SESSION_BUS_ADDRESS")
	if address != "" && address != "autolaunch:" || os.Getenv("DISPLAY") != "" {
		return nil
	}
	for _, name := range []string{"bus", "dbus-session"} {
		if _, err := os.Stat(fmt.Sprintf("/run/user/%d/%s", os.Getuid(), name)); err == nil {
			return nil
		}
	}
	return fail(NoBus, "", errors.New("no session bus"))
}
