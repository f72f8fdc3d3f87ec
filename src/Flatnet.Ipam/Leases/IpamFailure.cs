namespace Flatnet.Ipam;

/// <summary>The ways address management can fail; each has one CNI error code and one entry in the documentation.</summary>
public enum IpamFailure
{
    /// <summary>Every address of a range set is in use.</summary>
    Exhausted,

    /// <summary>The requested address is in use, kept for another name, or a network or broadcast address.</summary>
    AddressUnavailable,

    /// <summary>A requested address lies in no range, or a second one lies in the same set.</summary>
    AddressNotInRange,

    /// <summary>The requested address is the gateway's.</summary>
    GatewayRequested,

    /// <summary>The same interface of the same container holds a lease already.</summary>
    DuplicateAllocation,

    /// <summary>Another process held the lock for too long.</summary>
    LockTimeout,

    /// <summary>The state cannot be read, or was written by a newer version.</summary>
    StateUnreadable,

    /// <summary>The state cannot be written: disk full, read-only, no permission.</summary>
    StateUnwritable,

    /// <summary>CHECK found no lease.</summary>
    NotAllocated,

    /// <summary>The <c>resolvConf</c> file cannot be read.</summary>
    ResolvConf,
}
