using System.Collections.Immutable;

namespace Flatnet.Server.Rest.Query;

/// <summary>On an endpoint: what its query string may say.</summary>
internal sealed record AcceptedParameters(ImmutableArray<Parameter> Items);
