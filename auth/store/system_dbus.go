//go:build !windows && !darwin

package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

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

// defaultAlias is where the library looks when there is no login keyring.
const defaultAlias = "/org/freedesktop/secrets/aliases/default"

// explained tells a keyring that stayed locked from none at all: unlocking the
// default keyring where there is none fails like a prompt that was dismissed.
func explained(err error) error {
	if err == nil || !strings.Contains(err.Error(), "failed to unlock correct collection '"+defaultAlias+"'") {
		return err
	}
	bus, busErr := dbus.SessionBus()
	if busErr != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	var path dbus.ObjectPath
	call := bus.Object("org.freedesktop.secrets", "/org/freedesktop/secrets").
		CallWithContext(ctx, "org.freedesktop.Secret.Service.ReadAlias", 0, "default")
	if call.Store(&path) == nil && path == "/" {
		return fail(NoCollection, "", err)
	}
	return err
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
