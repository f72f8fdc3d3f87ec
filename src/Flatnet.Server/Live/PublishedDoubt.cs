namespace Flatnet.Server.Live;

/// <summary>Commits of other servers may have been missed: compare with the store. Also what a channel begins with.</summary>
internal sealed class PublishedDoubt : Publication;
