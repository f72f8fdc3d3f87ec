using System.Collections.Immutable;
using Flatnet.Server.Rest.Query;

namespace Flatnet.Server.Rest.Description;

/// <summary>The description of the interface, <c>/openapi/v1.json</c>, made from what stands on the endpoints.</summary>
internal static class DescriptionSetup
{
    public static IServiceCollection AddDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer(DocumentText.Write);
        options.AddOperationTransformer(OperationText.Write);
    });

    public static void MapDescription(this IEndpointRouteBuilder routes) => routes.MapOpenApi();

    /// <summary>Says what an endpoint does, and with that what its query string may say.</summary>
    public static RouteHandlerBuilder Describe(
        this RouteHandlerBuilder endpoint, string summary, string text, ImmutableArray<string> replies, ImmutableArray<Parameter> parameters) =>
        endpoint.WithMetadata(new EndpointText(summary, text, replies), new AcceptedParameters(parameters));

    /// <summary>Says what its JSON answer is, by a name in <see cref="Shapes"/>.</summary>
    public static RouteHandlerBuilder Returns(this RouteHandlerBuilder endpoint, string schema, bool mayCreate = false) =>
        endpoint.WithMetadata(new ReplyShape(schema, mayCreate));

    /// <summary>Says what its body is, by a name in <see cref="Shapes"/>.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder endpoint, string text, string schema, params ImmutableArray<string> mediaTypes) =>
        endpoint.WithMetadata(new TakenBody(text, schema, mediaTypes));
}
