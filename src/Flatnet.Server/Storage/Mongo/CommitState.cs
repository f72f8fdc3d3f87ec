namespace Flatnet.Server.Storage.Mongo;

/// <summary>What has become of a commit. It changes once.</summary>
internal enum CommitState
{
    /// <summary>Its server is at it.</summary>
    Begun = 1,

    /// <summary>It counts.</summary>
    Made,

    /// <summary>It never was.</summary>
    GivenUp,
}
