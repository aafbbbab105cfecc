package trusted

import (
	"io/fs"
	"strings"
)

// Kind is why a file or directory is not trusted, in a form that code can
// branch on.
type Kind string

// The kinds of errors.
const (
	Irregular Kind = "irregular" // a directory, pipe, socket or device where a file should be, or the reverse
	Foreign   Kind = "foreign"   // another user owns it
	Writable  Kind = "writable"  // other users may write it
	Readable  Kind = "readable"  // other users may read it, where it must be private
	Link      Kind = "link"      // a symbolic link that is not allowed
	TooLarge  Kind = "too-large" // it has more bytes than the limit
)

// Error is a file or directory that is not trusted. The path is as it was
// given: whoever shows it cleans it first.
type Error struct {
	Kind    Kind
	Path    string
	Problem string // what is wrong, continuing a sentence that begins with the path
	Fix     string // what to do about it
}

// Error is one line: the path, what is wrong with it and what to do.
func (e *Error) Error() string { return e.Path + " " + e.Problem + ": " + e.Fix }

// irregular says what stands in the place of a file.
func irregular(path string, mode fs.FileMode) *Error {
	what := "a device"
	switch {
	case mode.IsDir():
		what = "a directory"
	case mode&fs.ModeNamedPipe != 0:
		what = "a named pipe"
	case mode&fs.ModeSocket != 0:
		what = "a socket"
	}
	return &Error{Irregular, path, "is " + what + ", not a regular file", "remove it or move it away"}
}

// quoted is path as a shell takes it for one word.
func quoted(path string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("/._-+,@%", r)
	}
	if path != "" && !strings.HasPrefix(path, "-") && strings.IndexFunc(path, func(r rune) bool { return !plain(r) }) < 0 {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}
