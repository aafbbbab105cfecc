package localpool

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"strings"
)

// base64URL are the signs of base64url; a verifier may have two more. No
// pattern is compiled for them: every start of the program would pay for it.
const base64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

func isChallenge(s string) bool { return len(s) == 43 && strings.Trim(s, base64URL) == "" }

// proves reports whether the verifier belongs to the challenge by S256 of RFC
// 7636 section 4.6.
func proves(verifier, challenge string) bool {
	if challenge == "" {
		return verifier == ""
	}
	sum := sha256.Sum256([]byte(verifier))
	want := base64.RawURLEncoding.EncodeToString(sum[:])
	formed := len(verifier) >= 43 && len(verifier) <= 128 && strings.Trim(verifier, base64URL+".~") == ""
	return formed && subtle.ConstantTimeCompare([]byte(want), []byte(challenge)) == 1
}
