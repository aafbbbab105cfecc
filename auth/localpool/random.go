package localpool

import (
	"crypto/rand"
	"encoding/hex"
)

func randomBytes(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // Never fails: the runtime ends the process instead.
	return b
}

func randomHex(n int) string { return hex.EncodeToString(randomBytes(n)) }

// uuid gives a random identifier in the shape of Cognito's.
func uuid() string { return shapeUUID(randomBytes(16)) }

func shapeUUID(b []byte) string {
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	h := hex.EncodeToString(b[:16])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
