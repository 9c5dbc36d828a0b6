namespace Baton.Conversations.Promises;

/// <summary>The timer of a ticket's promise and call.</summary>
internal static class PromiseTimer
{
    public const string Kind = "promise";
}
