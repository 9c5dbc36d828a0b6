using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Baton.Playbooks.Channels;

/// <summary>A playbook as one channel speaks it.</summary>
internal static class ChannelView
{
    private static readonly ConditionalWeakTable<Playbook, ConcurrentDictionary<string, Playbook>> Views = [];

    extension(Playbook playbook)
    {
        /// <summary>The same playbook with the channel's brand and tier; itself where nothing is said of it.</summary>
        public Playbook On(string channel)
        {
            if (!playbook.Channels.TryGetValue(channel, out var policy)) return playbook;
            return Views.GetValue(playbook, _ => new()).GetOrAdd(channel, _ => playbook with
            {
                Brand = policy.Brand, UnknownCustomerTier = policy.DefaultTier ?? playbook.UnknownCustomerTier,
            });
        }
    }
}
