/// Whether a registry is one of AWS ECR, private or public.
#[must_use]
pub fn is_ecr(_registry: &str) -> bool {
    false
}
