package trusted

import (
	"os"

	"golang.org/x/sys/unix"
)

// hasAccessList reports whether a POSIX access list gives rights to users or
// groups by name.
func hasAccessList(path string, opened *os.File) bool {
	const name = "system.posix_acl_access"
	var err error
	if opened != nil {
		_, err = unix.Fgetxattr(int(opened.Fd()), name, nil)
	} else {
		_, err = unix.Getxattr(path, name, nil)
	}
	return err == nil
}
