namespace Flatnet.Cni.Protocol;

/// <summary>
/// The <c>code</c> of an error object. 0–99 belong to the CNI specification ("Error", and its library for 8); ours start at
/// 100 and are listed with cause and cure in <c>docs/operations/troubleshooting.md</c>. A number, once released, keeps its meaning.
/// </summary>
internal enum ErrorCode
{
    IncompatibleVersion = 1,
    UnsupportedField = 2,
    UnknownContainer = 3,
    InvalidEnvironment = 4,
    InputOutput = 5,
    Decoding = 6,
    InvalidConfiguration = 7,
    InvalidNamespace = 8,
    TryAgainLater = 11,
    NotAvailable = 50,
    LimitedConnectivity = 51,

    Internal = 100,
    NamespaceUnavailable = 101,
    InterfaceExists = 102,
    BridgeUnusable = 103,
    BridgeAddressConflict = 104,
    LinkFailed = 105,
    AddressFailed = 106,
    RouteFailed = 107,
    SysctlFailed = 108,
    FirewallFailed = 109,

    PoolExhausted = 110,
    AddressUnavailable = 111,
    AddressNotInRange = 112,
    DuplicateAllocation = 113,
    StateUnreadable = 114,
    StateUnwritable = 115,
    ResolvConfUnreadable = 116,

    DelegateNotFound = 120,
    DelegateFailed = 121,
    DelegateResult = 122,

    CheckFailed = 130,
    GarbageRemains = 131,
}
