namespace Baton.Conversations.Findings;

/// <summary>
/// A passage that may help while a person is on the way: quoted, with its source, and nothing claimed about it.
/// </summary>
/// <param name="Title">Title of the article, the source the customer reads.</param>
/// <param name="Text">The whole section as it reads in a message.</param>
/// <param name="Probability">That of all sections this one answers best, 0 to 1.</param>
public sealed record Offer(string ArticleId, string Title, string Heading, string Text, double Probability);
