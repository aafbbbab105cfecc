package store

import (
	"context"
	"errors"
	"strings"

	"github.com/zalando/go-keyring"

	"github.com/authtabs/tabgate/auth/session"
)

// ErrNotFound says that nobody's session is stored.
var ErrNotFound = errors.New("no stored session")

// Reason is why a store failed, in a form that code can branch on.
type Reason string

// The reasons, each with its own sentence in Error.
const (
	NoBus        Reason = "no-session-bus"
	NoService    Reason = "no-keyring-service"
	NoCollection Reason = "no-keyring"
	Locked       Reason = "locked"
	Dismissed    Reason = "prompt-dismissed"
	Timeout      Reason = "timeout"
	TooBig       Reason = "too-big"
	Unsupported  Reason = "unsupported"
	Denied       Reason = "denied"
	Damaged      Reason = "damaged"
	Unsafe       Reason = "unsafe"
	Busy         Reason = "busy"
	Other        Reason = "other"
)

const choose = "set TABGATE_TOKEN_STORE=file to keep sessions in a file only you can read, or =memory"

var sentences = map[Reason]string{
	NoBus:        "there is no D-Bus session, so no keyring (usual over SSH and in containers); " + choose,
	NoService:    "no keyring service is running; start GNOME Keyring, KWallet or KeePassXC, or " + choose,
	NoCollection: "the keyring service has no keyring to store in; make one and set it as the default (in GNOME: Passwords and Keys, +, Password Keyring), or " + choose,
	Locked:       "the keyring is locked; unlock it and try again, or " + choose,
	Dismissed:    "the keyring stayed locked because its prompt was dismissed; try again, or " + choose,
	Timeout:      "the keyring did not answer within 3 seconds; look for its prompt, or " + choose,
	TooBig:       "the keyring refused an item of this size; " + choose,
	Unsupported:  "this system has no keyring that tabgate can use; " + choose,
	Denied:       "the keyring refused access; allow tabgate in its settings, or " + choose,
	Damaged:      "the stored session is incomplete or was changed; sign in again",
	Unsafe:       "the token file cannot be trusted",
	Busy:         "another tabgate has been working on this session for 10 seconds; try again",
	Other:        "the store of sessions failed",
}

// Error is a store's failure in one line that says what to do next.
type Error struct {
	Reason Reason
	Detail string // cleaned; may be empty
	err    error
}

// Error gives the sentence of the reason, then the detail in parentheses.
func (e *Error) Error() string {
	if e.Detail == "" {
		return sentences[e.Reason]
	}
	return sentences[e.Reason] + " (" + e.Detail + ")"
}

// Unwrap gives the cause. A damaged set also counts as ErrNotFound, because
// whoever asks is signed out.
func (e *Error) Unwrap() []error {
	if e.Reason == Damaged {
		return []error{ErrNotFound, e.err}
	}
	return []error{e.err}
}

func fail(r Reason, detail string, err error) *Error {
	if err == nil {
		err = errors.New(string(r))
	}
	return &Error{Reason: r, Detail: session.Clean(detail, 200), err: err}
}

// signs are words of backend errors, in lower case, in the order they are
// looked for. They come from godbus, gnome-keyring, KeePassXC, macOS's
// `security` (whose exit status is the OSStatus modulo 256) and Windows.
var signs = []struct {
	words  string
	reason Reason
}{
	{"dbus_session_bus_address", NoBus},
	{"dbus-launch", NoBus},
	{"autolaunch", NoBus},
	{"session bus", NoBus},
	{"dial unix", NoBus},
	{"org.freedesktop.secrets was not provided", NoService},
	{"serviceunknown", NoService},
	{"namehasnoowner", NoService},
	{"no such interface 'org.freedesktop.secret.collection'", NoCollection},
	{"no such object path '/org/freedesktop/secrets/aliases/default'", NoCollection},
	{"no such interface", NoService},
	{"no such object", NoService},
	{"nosuchobject", NoService},
	{"unknownmethod", NoService},
	{"islocked", Locked},
	{"is locked", Locked},
	{"exit status 36", Locked}, // errSecInteractionNotAllowed
	{"failed to unlock correct collection", Dismissed},
	{"dismissed", Dismissed},
	{"exit status 128", Dismissed}, // userCanceledErr
	{"noreply", Timeout},
	{"timed out", Timeout},
	{"stub received bad data", TooBig},
	{"exit status 51", Denied}, // errSecAuthFailed
	{"accessdenied", Denied},
	{"access is denied", Denied},
	{"permission denied", Denied},
	{"logon session does not exist", Unsupported},
	{"executable file not found", Unsupported},
}

// classify turns a keyring backend's error into ErrNotFound or an *Error.
func classify(err error) error {
	var known *Error
	switch {
	case err == nil, errors.As(err, &known), errors.Is(err, ErrNotFound):
		return err
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNotFound
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return fail(TooBig, "", err)
	case errors.Is(err, keyring.ErrUnsupportedPlatform):
		return fail(Unsupported, "", err)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	}
	text := strings.ToLower(named(err) + " " + err.Error())
	for _, sign := range signs {
		if strings.Contains(text, sign.words) {
			return fail(sign.reason, err.Error(), err)
		}
	}
	return fail(Other, err.Error(), err)
}
