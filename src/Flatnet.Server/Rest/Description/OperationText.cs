using System.Globalization;
using System.Text.Json.Nodes;
using Flatnet.Server.Rest.Query;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Flatnet.Server.Rest.Description;

/// <summary>What the description says of an endpoint.</summary>
internal static class OperationText
{
    private const string Json = "application/json";

    public static Task Write(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<EndpointText>().LastOrDefault() is { } text)
        {
            operation.Summary = text.Summary;
            operation.Description = text.Text;
            operation.Responses = Responses(text, metadata.OfType<ReplyShape>().LastOrDefault(), context.Document!);
        }

        operation.Parameters ??= [];
        foreach (Parameter parameter in metadata.OfType<AcceptedParameters>().LastOrDefault()?.Items ?? [])
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = parameter.Name,
                In = ParameterLocation.Query,
                Description = parameter.Description,
                Schema = SchemaOf(parameter),
            });
        }

        if (metadata.OfType<TakenBody>().LastOrDefault() is { } body)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Description = body.Text,
                Required = true,
                Content = body.MediaTypes.ToDictionary(type => type, type => MediaType(type, body.Schema, context.Document!)),
            };
        }

        return Task.CompletedTask;
    }

    private static OpenApiResponses Responses(EndpointText text, ReplyShape? shape, OpenApiDocument document)
    {
        var done = new OpenApiResponse
        {
            Description = "Done.",
            Content = text.Replies.ToDictionary(type => type, type => MediaType(type, shape?.Schema, document)),
        };
        var responses = new OpenApiResponses { [text.Replies.IsEmpty ? "204" : "200"] = done };
        if (shape is { MayCreate: true })
        {
            responses["201"] = done;
        }

        responses["default"] = new OpenApiResponse
        {
            Description = "An error.",
            Content = new Dictionary<string, OpenApiMediaType> { [Json] = MediaType(Json, Shapes.Error, document) },
        };
        return responses;
    }

    private static OpenApiMediaType MediaType(string type, string? schema, OpenApiDocument document) =>
        new() { Schema = schema is not null && type == Json ? new OpenApiSchemaReference(schema, document) : null };

    private static OpenApiSchema SchemaOf(Parameter parameter)
    {
        var schema = new OpenApiSchema
        {
            Type = parameter.Kind switch
            {
                ParameterKind.Whole => JsonSchemaType.Integer,
                ParameterKind.Flag => JsonSchemaType.Boolean,
                _ => JsonSchemaType.String,
            },
            Format = parameter.Kind == ParameterKind.Time ? "date-time" : null,
            Enum = parameter.Choices.IsEmpty ? null : [.. parameter.Choices.Select(choice => (JsonNode)choice)],
        };
        if (parameter.Kind == ParameterKind.Whole)
        {
            schema.Minimum = parameter.Least.ToString(CultureInfo.InvariantCulture);
            schema.Maximum = parameter.Most == long.MaxValue ? null : parameter.Most.ToString(CultureInfo.InvariantCulture);
        }

        return parameter.Kind == ParameterKind.List ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema } : schema;
    }
}
