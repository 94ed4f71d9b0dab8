namespace Agency.Faults.Processes;

/// <summary>Waits for what becomes so by itself.</summary>
internal static class Waiting
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    /// <exception cref="TrialFailedException">It has not become so within <paramref name="bound"/>.</exception>
    public static async Task Until(string what, Func<Task<bool>> condition, TimeSpan bound, CancellationToken cancellationToken)
    {
        if (!await Becomes(condition, bound, cancellationToken)) throw new TrialFailedException($"{what} was not so within {bound.TotalSeconds:0} s.");
    }

    /// <summary>Whether it becomes so within <paramref name="bound"/>.</summary>
    public static async Task<bool> Becomes(Func<Task<bool>> condition, TimeSpan bound, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > bound) return false;
            await Task.Delay(_pause, cancellationToken);
        }

        return true;
    }
}
