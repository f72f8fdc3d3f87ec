using MongoDB.Bson;

namespace Flatnet.Server.Tests.Storage.Mongo;

/// <summary>Whether a document is one that a filter asks for.</summary>
internal static class StandInFilter
{
    public static bool Matches(BsonDocument document, BsonDocument filter) =>
        filter.All(wanted => Matches(Value(document, wanted.Name), wanted.Value));

    /// <summary>A field, also one inside of another (a.b); null if it is not there.</summary>
    public static BsonValue? Value(BsonDocument document, string path)
    {
        BsonValue? value = document;
        foreach (string name in path.Split('.'))
        {
            value = value is BsonDocument inner && inner.TryGetValue(name, out BsonValue next) ? next : null;
        }

        return value;
    }

    private static bool Matches(BsonValue? value, BsonValue wanted) => wanted is BsonDocument { ElementCount: > 0 } operators
        ? operators.All(element => element.Name switch
        {
            "$in" => value is not null && element.Value.AsBsonArray.Contains(value),
            "$lt" => value is not null && value < element.Value,
            _ => throw new NotSupportedException(element.Name),
        })
        : value == wanted;
}
