using System.Collections.Immutable;

namespace Flatnet.Server.Rest.Description;

/// <summary>On an endpoint: what its description says beside the address.</summary>
internal sealed record EndpointText(string Summary, string Text, ImmutableArray<string> Replies);
