//go:build !windows && !darwin

package store

import (
	"errors"
	"fmt"
	"os"

	"github.com/godbus/dbus/v5"
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

// named is the name of an error from the bus, which says more than its text:
// the library shows the text alone where there is one.
func named(err error) string {
	var e dbus.Error
	if errors.As(err, &e) {
		return e.Name
	}
	return ""
}
