using System.Collections.Immutable;

namespace Flatnet.Server.Rest.Description;

/// <summary>On an endpoint: what its request's body is.</summary>
internal sealed record TakenBody(string Text, string Schema, ImmutableArray<string> MediaTypes);
