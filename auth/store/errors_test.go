package store

import (
	"errors"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"
)

// The texts are those of godbus, gnome-keyring, KeePassXC, macOS and Windows.
func TestK8EveryBackendErrorIsClassified(t *testing.T) {
	tests := map[string]struct {
		err  error
		want Reason
	}{
		"no bus address":               {errors.New("dbus: DBUS_SESSION_BUS_ADDRESS not set"), NoBus},
		"no dbus-launch":               {errors.New(`exec: "dbus-launch": executable file not found in $PATH`), NoBus},
		"autolaunch without screen":    {errors.New("Cannot autolaunch D-Bus without X11 $DISPLAY"), NoBus},
		"unknown bus address":          {errors.New("dbus: couldn't determine address of session bus"), NoBus},
		"bus gone":                     {errors.New("dial unix /run/user/1000/bus: connect: connection refused"), NoBus},
		"no service":                   {errors.New("The name org.freedesktop.secrets was not provided by any .service files"), NoService},
		"no such collection interface": {errors.New("No such interface 'org.freedesktop.Secret.Collection' on object"), NoCollection},
		"no collection":                {errors.New("org.freedesktop.DBus.Error.UnknownMethod"), NoService},
		"no object":                    {errors.New("No such object path '/org/freedesktop/secrets/aliases/default'"), NoCollection},
		"locked":                       {errors.New("org.freedesktop.Secret.Error.IsLocked"), Locked},
		"locked in words":              {errors.New("Cannot get secret of a locked object: it is locked"), Locked},
		"macOS without a screen":       {errors.New("exit status 36"), Locked},
		"prompt dismissed":             {errors.New("failed to unlock correct collection '/org/freedesktop/secrets/collection/login'"), Dismissed},
		"macOS prompt dismissed":       {errors.New("exit status 128"), Dismissed},
		"no reply":                     {errors.New("org.freedesktop.DBus.Error.NoReply: Did not receive a reply"), Timeout},
		"too big":                      {keyring.ErrSetDataTooBig, TooBig},
		"too big for Windows":          {errors.New("The stub received bad data."), TooBig},
		"unsupported":                  {keyring.ErrUnsupportedPlatform, Unsupported},
		"Windows service account":      {errors.New("A specified logon session does not exist. It may already have been terminated."), Unsupported},
		"security is missing":          {errors.New(`exec: "/usr/bin/security": executable file not found`), Unsupported},
		"macOS wrong password":         {errors.New("exit status 51"), Denied},
		"bus policy":                   {errors.New("org.freedesktop.DBus.Error.AccessDenied"), Denied},
		"Windows denies":               {errors.New("Access is denied."), Denied},
		"something new":                {errors.New("\x1b]52;c;aGk=\x07 \u202e broken"), Other},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			keyring.MockInitWithError(test.err)
			err := Keyring(library{}).Probe(t.Context())
			var e *Error
			if !errors.As(err, &e) || e.Reason != test.want {
				t.Fatalf("got %v, want reason %q", err, test.want)
			}
			if !errors.Is(err, test.err) {
				t.Error("the cause is lost")
			}
			checkSentence(t, err.Error())
			if _, err := Keyring(library{}).Load(t.Context(), ana); !errors.As(err, &e) || e.Reason != test.want {
				t.Errorf("load gives %v", err)
			}
		})
	}
	keyring.MockInit()
	if _, err := Keyring(library{}).Load(t.Context(), ana); !errors.Is(err, ErrNotFound) {
		t.Errorf("an empty keyring gives %v", err)
	}
}

// library is zalando/go-keyring without the look for a session bus.
type library struct{}

func (library) Set(service, user, text string) error     { return keyring.Set(service, user, text) }
func (library) Get(service, user string) (string, error) { return keyring.Get(service, user) }
func (library) Delete(service, user string) error        { return keyring.Delete(service, user) }

func checkSentence(t *testing.T, text string) {
	t.Helper()
	for _, act := range []string{"\x1b", "\x07", "\u009b", "\u202e", "\n"} {
		if strings.Contains(text, act) {
			t.Errorf("it could act on a terminal: %q", text)
		}
	}
	if len(text) < 20 || len(text) > 500 {
		t.Errorf("not a sentence: %q", text)
	}
}

func TestEveryReasonHasASentence(t *testing.T) {
	for _, r := range []Reason{NoBus, NoService, NoCollection, Locked, Dismissed, Timeout, TooBig, Unsupported, Denied, Damaged, Unsafe, Busy, Other} {
		checkSentence(t, fail(r, "", nil).Error())
	}
}
