namespace Baton.Playbooks.Channels;

/// <summary>The words on the window of the chat: <c>labels</c> of a channel says them otherwise.</summary>
internal static class ChatLabels
{
    /// <summary>In English. Holes: <c>{name}</c> of the person or the brand.</summary>
    public static readonly IReadOnlyDictionary<string, string> English = new Dictionary<string, string>
    {
        ["title"] = "Chat with {name}",
        ["close"] = "Close the chat",
        ["write"] = "Write a message",
        ["send"] = "Send",
        ["you"] = "You",
        ["typing"] = "{name} is writing …",
        ["team"] = "A person of our team will answer here.",
        ["joined"] = "{name} is here and answers you.",
        ["source"] = "Source",
        ["solved"] = "This solved it",
        ["solved_thanks"] = "Good to hear. Thank you.",
        ["rate"] = "How was this?",
        ["terrible"] = "Terrible",
        ["bad"] = "Bad",
        ["ok"] = "OK",
        ["good"] = "Good",
        ["amazing"] = "Amazing",
        ["remark"] = "What should we know? You may leave this empty.",
        ["rated"] = "Thank you for your rating.",
        ["agree"] = "Agree and start",
        ["ended"] = "This conversation is closed. Write again if anything is left.",
        ["again"] = "Start a new conversation",
        ["lost"] = "The connection is lost. Trying again …",
        ["waits"] = "Not sent yet. Trying again …",
        ["failed"] = "Not sent: {problem}",
    };

    /// <summary>English, and what is said otherwise.</summary>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string>? own)
    {
        if (own is null or { Count: 0 }) return English;
        var all = new Dictionary<string, string>(English);
        foreach (var (key, label) in own) all[key] = label;
        return all;
    }
}
