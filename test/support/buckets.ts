/** A bucket as a store makes it when nothing is asked for: for `client.s3Bucket.create`. */
export const PLAIN_BUCKET = { versioning: false, objectLock: false, blockPublicAccess: false, tags: {} };
