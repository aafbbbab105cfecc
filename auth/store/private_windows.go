package store

import (
	"fmt"

	"golang.org/x/sys/windows"
)

func user() (*windows.SID, error) {
	u, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return nil, fmt.Errorf("ask who is running this: %w", err)
	}
	return u.User.Sid, nil
}

// mine refuses what another user owns. Windows has no mode bits: who else may
// read is decided by protect when the file is made, and for the directory by
// the profile folder it lies in. Files made by an elevated process belong to
// the administrators, who can read everything anyway.
func mine(path string) error {
	me, err := user()
	if err != nil {
		return err
	}
	sd, err := windows.GetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, windows.OWNER_SECURITY_INFORMATION)
	if err != nil {
		return fmt.Errorf("ask who owns %s: %w", path, err)
	}
	owner, _, err := sd.Owner()
	if err != nil {
		return fmt.Errorf("ask who owns %s: %w", path, err)
	}
	if !owner.Equals(me) && !owner.IsWellKnown(windows.WinBuiltinAdministratorsSid) {
		return fail(Unsafe, path+" belongs to another user; remove it", nil)
	}
	return nil
}

// protect gives the file an access list of its own with one entry, this user,
// and cuts off what the directory would add.
func protect(path string) error {
	me, err := user()
	if err != nil {
		return err
	}
	acl, err := windows.ACLFromEntries([]windows.EXPLICIT_ACCESS{{
		AccessPermissions: windows.GENERIC_ALL,
		AccessMode:        windows.SET_ACCESS,
		Trustee: windows.TRUSTEE{
			TrusteeForm:  windows.TRUSTEE_IS_SID,
			TrusteeType:  windows.TRUSTEE_IS_USER,
			TrusteeValue: windows.TrusteeValueFromSID(me),
		},
	}}, nil)
	if err != nil {
		return fmt.Errorf("make an access list: %w", err)
	}
	return windows.SetNamedSecurityInfo(path, windows.SE_FILE_OBJECT,
		windows.DACL_SECURITY_INFORMATION|windows.PROTECTED_DACL_SECURITY_INFORMATION, nil, nil, acl, nil)
}

// syncDir has nothing to do: NTFS keeps renames in its journal.
func syncDir(string) error { return nil }
