package main

import (
	"go/ast"
	"strings"
	"testing"
)

// A panic in a goroutine that nobody guards is printed by the runtime, over
// whatever is on the screen, and leaves the terminal as it is.
func TestU10EveryGoroutineOfSignInAndCommandsIsGuarded(t *testing.T) {
	guarded := map[string]string{
		"auth/fault/fault.go":      "it guards the others",
		"auth/store/limit.go":      "turns a panic of the keyring library into an error",
		"auth/browser/opener.go":   "waits for a program, no more",
		"auth/localpool/keys.go":   "makes keys, no more",
		"cmd/tabgate/interrupt.go": "ends the program itself",
	}
	found := 0
	for _, s := range sources(t) {
		file := s.dir + "/" + s.name
		ast.Inspect(s.file, func(n ast.Node) bool {
			if _, ok := n.(*ast.GoStmt); ok && (strings.HasPrefix(file, "auth/") || strings.HasPrefix(file, "cmd/")) {
				found++
				if guarded[file] == "" {
					t.Errorf("%s starts a goroutine of its own: use fault.Go", file)
				}
			}
			return true
		})
	}
	if found < 3 {
		t.Errorf("only %d goroutines were found: the walk is looking in the wrong place", found)
	}
}
