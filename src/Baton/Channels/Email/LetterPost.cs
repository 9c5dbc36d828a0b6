using Baton.Storage.Outgoing;

namespace Baton.Channels.Email;

/// <summary>
/// Sends letters to single people: by mail and by nothing else, since others may read along elsewhere.
/// </summary>
/// <param name="letters">Writes them; null: nobody does.</param>
internal sealed class LetterPost(EmailChannel email, PrivateLetters? letters = null)
{
    /// <summary>What is not set for it, or null.</summary>
    public string? Missing => email.Missing(ChannelWays.Out);

    public async Task<SendOutcome> SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        if (Missing is { } missing) return new SendOutcome.Held(missing);
        return letters is null || await letters(message, cancellationToken) is not { } letter
            ? new SendOutcome.Delivered("not wanted any more")
            : Dispatch.Outcome(await email.SendAsync(letter, message.IdempotencyKey, cancellationToken));
    }
}
