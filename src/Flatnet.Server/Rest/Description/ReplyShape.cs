namespace Flatnet.Server.Rest.Description;

/// <summary>On an endpoint: what its JSON answer is.</summary>
/// <param name="Schema">A name in <see cref="Shapes"/>.</param>
/// <param name="MayCreate">It may also be answered with 201.</param>
internal sealed record ReplyShape(string Schema, bool MayCreate);
