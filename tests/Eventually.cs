namespace Agency.Tests;

/// <summary>Waits for what is promised soon and not at once.</summary>
internal static class Eventually
{
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns when <paramref name="condition"/> holds, and fails when it has not in 20 seconds, or within another bound.</summary>
    public static async Task Holds(Func<Task<bool>> condition, TimeSpan? within = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < (within ?? _bound), "It has not become so in time.");
            await Task.Delay(_pause, TestContext.Current.CancellationToken);
        }
    }
}
