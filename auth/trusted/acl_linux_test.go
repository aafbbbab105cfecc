package trusted

import (
	"encoding/binary"
	"errors"
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

// A default access list of a shared folder gives files in it to other users,
// and shows in the mode as the bits of the group.
func TestW3AnAccessListIsNotThePrivateGroup(t *testing.T) {
	_, path := fixture(t)
	const none = ^uint32(0)
	list := []struct {
		tag, perm uint16
		id        uint32
	}{{0x01, 6, none}, {0x02, 6, 65534}, {0x04, 4, none}, {0x10, 6, none}, {0x20, 4, none}} // owner, user 65534, group, mask, others
	raw := binary.LittleEndian.AppendUint32(nil, 2)
	for _, e := range list {
		raw = binary.LittleEndian.AppendUint16(raw, e.tag)
		raw = binary.LittleEndian.AppendUint16(raw, e.perm)
		raw = binary.LittleEndian.AppendUint32(raw, e.id)
	}
	if err := unix.Setxattr(path, "system.posix_acl_access", raw, 0); err != nil {
		t.Skipf("this file system has no access lists: %v", err)
	}
	must(t, os.Chown(path, -1, os.Getegid()))
	var bad *Error
	if _, err := ReadFile(path, 100); !errors.As(err, &bad) || bad.Kind != Writable {
		t.Errorf("user 65534 may write it: %v", err)
	}
}
